package io.chronotrack.key;

import io.chronotrack.storage.RecentReads;
import jakarta.inject.Singleton;

/** The keys that are in use, by their public part. */
@Singleton
public class KeyRing extends RecentReads<String, ApiKey> {}
