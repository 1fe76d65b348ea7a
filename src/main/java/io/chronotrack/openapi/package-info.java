/** The description of the API, where no server shows it at the application's own address. */
@NullMarked
package io.chronotrack.openapi;

import org.jspecify.annotations.NullMarked;
