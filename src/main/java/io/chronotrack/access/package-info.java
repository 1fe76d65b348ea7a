/**
 * Who is asking, and what they may do and see: plain values that services pass on.
 *
 * <p>A {@link io.chronotrack.access.Caller} is made once per request, by the room {@code
 * authentication}, from the credential that the request has. {@link io.chronotrack.access.Role} is
 * the one table of what which role may do; a resource method names the least role it needs with the
 * annotation {@code RolesAllowed}. {@link io.chronotrack.access.Scope} says which part of the data
 * there is for the caller: everything outside of it does not exist. This package knows no HTTP and
 * no other room but {@code problem}.
 */
@NullMarked
package io.chronotrack.access;

import org.jspecify.annotations.NullMarked;
