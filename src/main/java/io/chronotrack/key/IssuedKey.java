package io.chronotrack.key;

/**
 * A key at the only moment when all of it is known.
 *
 * @param key what is stored of it
 * @param text the key itself
 */
public record IssuedKey(ApiKey key, KeyText text) {}
