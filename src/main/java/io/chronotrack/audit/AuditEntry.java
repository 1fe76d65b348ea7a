package io.chronotrack.audit;

/**
 * A link of the chain.
 *
 * @param id its place in the chain, from 1 without gaps
 * @param record what it tells
 * @param hash see {@link AuditChain}
 */
public record AuditEntry(long id, AuditRecord record, String hash) {}
