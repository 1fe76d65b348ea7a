package io.chronotrack.helm;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Helm would send to Kubernetes.
 *
 * @param text as Helm rendered it
 * @param all what it says
 */
record Manifests(String text, List<HasMetadata> all) {

  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Stream.of(
              ConfigMap.class,
              Deployment.class,
              Ingress.class,
              PersistentVolumeClaim.class,
              PodDisruptionBudget.class,
              Secret.class,
              Service.class,
              ServiceAccount.class)
          .collect(
              TreeMap::new,
              (types, type) ->
                  types.put(HasMetadata.getApiVersion(type) + " " + type.getSimpleName(), type),
              Map::putAll);

  /** The model keeps what it does not know; here nothing may be unknown. */
  private static final ObjectMapper KUBERNETES =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private static final YAMLMapper YAML = new YAMLMapper();

  static Manifests parse(String text) {
    List<HasMetadata> all = new ArrayList<>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (!document.isNull()) {
          all.add(resource(document));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Manifests(text, List.copyOf(all));
  }

  private static HasMetadata resource(JsonNode document) throws JsonProcessingException {
    String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    Class<? extends HasMetadata> type = TYPES.get(kind);
    if (type == null) {
      throw new AssertionError("The chart has no " + kind);
    }
    return KUBERNETES.treeToValue(document, type);
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T one(Class<T> type) {
    List<T> found = all(type);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + type.getSimpleName() + " in " + text);
    }
    return found.get(0);
  }

  Deployment deployment() {
    return one(Deployment.class);
  }

  PodTemplateSpec template() {
    return deployment().getSpec().getTemplate();
  }

  PodSpec pod() {
    return template().getSpec();
  }

  Container container() {
    List<Container> containers = pod().getContainers();
    if (containers.size() != 1) {
      throw new AssertionError(containers.size() + " containers");
    }
    return containers.get(0);
  }

  Volume volume(String name) {
    return pod().getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no volume " + name));
  }

  /** What is in the environment of the process by this chart. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(one(ConfigMap.class).getData());
    for (EnvVar variable : container().getEnv()) {
      environment.put(variable.getName(), variable.getValue());
    }
    return environment;
  }

  String nameOf(Class<? extends HasMetadata> type) {
    return one(type).getMetadata().getName();
  }

  /** Where the volumes are in the container, by their names. */
  Map<String, String> mounts() {
    return container().getVolumeMounts().stream()
        .collect(toMap(VolumeMount::getName, VolumeMount::getMountPath));
  }

  /** Which entries of which Secrets the pod has as files. */
  List<SecretProjection> projections() {
    return pod().getVolumes().stream()
        .filter(volume -> volume.getProjected() != null)
        .flatMap(volume -> volume.getProjected().getSources().stream())
        .map(VolumeProjection::getSecret)
        .toList();
  }
}
