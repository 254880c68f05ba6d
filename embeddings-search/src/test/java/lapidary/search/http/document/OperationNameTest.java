package lapidary.search.http.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import lapidary.search.http.route.Route;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperationNameTest {
  @ParameterizedTest
  @CsvSource({
    "GET, /v1/collections, getCollections",
    "GET, /v1/collections/{collection}, getCollection",
    "POST, /v1/collections/{collection}/search, postCollectionSearch",
    "PUT, /v1/collections/{collection}/items/{id}, putCollectionItem",
    "GET, /v1/collections/{collection}/items/{id}/thumbnail, getCollectionItemThumbnail",
    "POST, /v2/models/{m}/versions/{v}/infer, postModelVersionInfer",
    "GET, /v2/health/live, getHealthLive",
    "GET, /openapi.json, getOpenapiJson"
  })
  void aNameIsMethodAndWords(String method, String path, String name) {
    assertThat(OperationName.of(Route.work(HandlerType.findOrCreate(method), path, exchange -> {})))
        .isEqualTo(name);
  }
}
