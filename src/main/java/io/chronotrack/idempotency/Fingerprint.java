package io.chronotrack.idempotency;

import io.chronotrack.http.Post;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Digests that stand for what is not kept in plain. */
final class Fingerprint {

  private Fingerprint() {}

  /** Tells requests apart, by whom they are from, where they go and the key that they have. */
  static String ofRequest(Post post, String key) {
    return of(
        Long.toString(post.caller().projectId()),
        post.caller().actor(),
        Post.METHOD,
        post.path(),
        key);
  }

  /** Tells whether two requests say the same. */
  static String ofPayload(Post post) {
    return of(post.query() == null ? "" : post.query(), post.body().toJson());
  }

  private static String of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // With its length, so that no part can pass for the end of another one.
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
