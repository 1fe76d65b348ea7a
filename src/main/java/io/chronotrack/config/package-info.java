/**
 * What an operator can set, and its rules.
 *
 * <p>{@link io.chronotrack.config.AppConfig} is the only reader of configuration: nothing else in
 * the application asks for an environment variable or a property. A wrong value never becomes a
 * default; it stops the start with one line that names the setting.
 */
@NullMarked
package io.chronotrack.config;

import org.jspecify.annotations.NullMarked;
