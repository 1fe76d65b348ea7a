package io.chronotrack.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is, with {@code STORAGE=postgresql}: by {@code url} or by {@code jndi}, of which
 * one is given then.
 *
 * @param url of the database, as its JDBC driver reads it; never with a password in it
 * @param user the role that logs in; {@code null} lets the driver decide
 * @param password of the role
 * @param jndi the name of a data source of the server's, in place of the other three
 * @param poolSize connections that write; half as many read
 */
public record DatabaseSettings(
    @Nullable String url,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable String jndi,
    int poolSize) {

  private static final String URL = "DATABASE_URL";
  private static final String FORM = "jdbc:postgresql://host:port/database";

  private static final Pattern ADDRESS =
      Pattern.compile("jdbc:postgresql://[^/?#@\\s]+/[^/?#@\\s]+(\\?\\S*)?");

  /** A name in the server's own tree: another scheme could lead to another machine. */
  private static final Pattern LOCAL_NAME = Pattern.compile("(java:)?[^:\\s]+");

  /** What a password is called in the parameters of a URL. */
  private static final Pattern PASSWORD_PARAMETER =
      Pattern.compile("[?&](ssl)?password=", Pattern.CASE_INSENSITIVE);

  static DatabaseSettings from(AppConfig.Settings settings, StorageKind storage) {
    var database =
        new DatabaseSettings(
            settings.textIfGiven(URL),
            settings.textIfGiven("DATABASE_USER"),
            settings.secret("DATABASE_PASSWORD"),
            settings.textIfGiven("DATABASE_JNDI"),
            settings.number("DATABASE_POOL_SIZE", 8, 1, 1_000));
    if (storage == StorageKind.POSTGRESQL) {
      database.verify();
    }
    return database;
  }

  /**
   * Checks that they lead to a database, as is done where {@code STORAGE} asks for it.
   *
   * @throws InvalidSetting if they do not
   */
  public void verify() {
    if (url == null && jndi == null) {
      throw InvalidSetting.ofSecret(
          URL, "given for PostgreSQL, in the form " + FORM + ", or DATABASE_JNDI");
    }
    if (jndi != null && !LOCAL_NAME.matcher(jndi).matches()) {
      throw new InvalidSetting(
          "DATABASE_JNDI", "the name of a data source of the server's, such as jdbc/main", jndi);
    }
    if (url == null) {
      return;
    }
    if (jndi != null) {
      throw InvalidSetting.ofSecret(URL, "left out where DATABASE_JNDI is given");
    }
    if (PASSWORD_PARAMETER.matcher(url).find()) {
      throw InvalidSetting.ofSecret(
          URL, "without a password, for which there is DATABASE_PASSWORD");
    }
    if (!ADDRESS.matcher(url).matches()) {
      throw new InvalidSetting(
          URL, "of the form " + FORM + ", with the user in DATABASE_USER", withoutSecrets(url));
    }
  }

  /** Where the database is, as it may be shown. */
  public String location() {
    return url == null ? String.valueOf(jndi) : withoutSecrets(url);
  }

  /** The name of the setting that tells where the database is. */
  public String locationKey() {
    return url == null ? "DATABASE_JNDI" : URL;
  }

  /** Of parameters and of what looks like {@code user:password@}, nothing is shown. */
  private static String withoutSecrets(String url) {
    int parameters = url.indexOf('?');
    String address = parameters < 0 ? url : url.substring(0, parameters);
    int user = address.lastIndexOf('@');
    if (user < 0) {
      return address;
    }
    int scheme = address.toLowerCase(Locale.ROOT).indexOf("//");
    String beginning = scheme < 0 || scheme > user ? "" : address.substring(0, scheme + 2);
    return beginning + "..." + address.substring(user);
  }

  /** Shows nothing that a parameter of the URL may hide. */
  @Override
  public String toString() {
    return "DatabaseSettings[" + location() + ", user=" + user + ", poolSize=" + poolSize + "]";
  }
}
