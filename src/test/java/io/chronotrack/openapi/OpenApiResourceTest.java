package io.chronotrack.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.net.URI;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiResourceTest {

  @ParameterizedTest
  @CsvSource({"/, /", "/tracker/, /tracker", "/tools/tracker/, /tools/tracker"})
  void theDocumentTellsWhereTheApplicationIs(String root, String address) {
    URI base = URI.create("http://localhost" + root);
    var request =
        new ContainerRequest(
            base,
            base.resolve("openapi"),
            "GET",
            null,
            new MapPropertiesDelegate(),
            new ResourceConfig());

    String shown = new OpenApiResource().document(request.getUriInfo());

    assertThat(new OpenAPIV3Parser().readContents(shown).getOpenAPI().getServers())
        .extracting(Server::getUrl)
        .containsExactly(address);
  }
}
