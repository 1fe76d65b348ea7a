/**
 * Stories told over HTTP against the packaged application, started as a user would.
 *
 * <p>Tests speak through {@link io.chronotrack.journey.ApiClient}; most of them share one {@link
 * io.chronotrack.journey.ChronoTrackProcess}, which {@link
 * io.chronotrack.journey.SharedChronoTrack} starts once.
 */
package io.chronotrack.journey;
