package io.chronotrack.config;

import java.time.Duration;

/**
 * What a request may ask for and how long it may wait. Lengths of texts are counted in Unicode code
 * points.
 *
 * @param nameLength longest name of a job
 * @param descriptionLength longest description of a job
 * @param typeLength longest type of a job
 * @param externalIdLength longest external id of a run
 * @param errorMessageLength longest error message of a run; a longer one is cut, not refused
 * @param metadataBytes largest metadata of a run, in bytes of UTF-8 as compact JSON
 * @param bodyBytes largest request body in bytes
 * @param batchBytes largest body of a batch in bytes
 * @param batchOperations most operations of a batch
 * @param pageSize items of a list when the request does not say how many
 * @param maxPageSize most items that a list gives at once
 * @param exports most exports that are written at a time
 * @param writeWait how long a write waits for its turn, or loses to others, before it is refused
 * @param streams most streams of events that are open at a time
 */
public record Limits(
    int nameLength,
    int descriptionLength,
    int typeLength,
    int externalIdLength,
    int errorMessageLength,
    int metadataBytes,
    int bodyBytes,
    int batchBytes,
    int batchOperations,
    int pageSize,
    int maxPageSize,
    int exports,
    Duration writeWait,
    int streams) {

  /** The limits of an installation that configures none. */
  public static final Limits DEFAULT =
      from(new AppConfig.Settings(key -> java.util.Optional.empty()));

  static Limits from(AppConfig.Settings settings) {
    int maxPageSize = settings.number("MAX_PAGE_SIZE", 500, 1, 10_000);
    return new Limits(
        settings.number("MAX_NAME_LENGTH", 200, 1, 1_000),
        settings.number("MAX_DESCRIPTION_LENGTH", 4_000, 1, 100_000),
        settings.number("MAX_TYPE_LENGTH", 100, 1, 1_000),
        settings.number("MAX_EXTERNAL_ID_LENGTH", 200, 1, 1_000),
        settings.number("MAX_ERROR_MESSAGE_LENGTH", 16_384, 100, 1_000_000),
        settings.number("MAX_METADATA_BYTES", 65_536, 2, 10_000_000),
        settings.number("MAX_BODY_BYTES", 1_048_576, 1_024, 100_000_000),
        settings.number("MAX_BATCH_BYTES", 8_388_608, 1_024, 100_000_000),
        settings.number("MAX_BATCH_OPERATIONS", 1_000, 1, 10_000),
        settings.number("PAGE_SIZE", Math.min(50, maxPageSize), 1, maxPageSize),
        maxPageSize,
        settings.number("MAX_EXPORTS", 4, 1, 100),
        Duration.ofMillis(settings.number("WRITE_WAIT_MS", 5_000, 10, 600_000)),
        settings.number("MAX_STREAMS", 100, 0, 10_000));
  }
}
