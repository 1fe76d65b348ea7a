/**
 * The Helm chart, as Helm itself renders it.
 *
 * <p>{@link io.chronotrack.helm.Chart} asks Helm, and {@link io.chronotrack.helm.Manifests} is the
 * answer, read with the model of Kubernetes: a field that Kubernetes does not know fails the test.
 */
package io.chronotrack.helm;
