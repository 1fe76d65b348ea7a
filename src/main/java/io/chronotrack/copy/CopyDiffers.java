package io.chronotrack.copy;

/** Source and target do not have the same rows; the message names the first that differs. */
final class CopyDiffers extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CopyDiffers(String message) {
    super(message);
  }
}
