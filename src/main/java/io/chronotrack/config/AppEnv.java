package io.chronotrack.config;

/** What kind of installation this is; decides defaults only, never behaviour. */
public enum AppEnv {
  /** A developer's machine: reachable from this machine only, unless configured otherwise. */
  DEVELOPMENT,
  /** A server or container: reachable from the network. */
  PRODUCTION
}
