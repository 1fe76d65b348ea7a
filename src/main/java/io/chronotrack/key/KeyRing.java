package io.chronotrack.key;

import io.chronotrack.storage.RecentReads;

/** The keys that are in use, by their public part. */
public final class KeyRing extends RecentReads<String, ApiKey> {}
