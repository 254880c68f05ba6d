package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusalTest {
  private static final String SEARCH = "/v1/collections/greys/search";

  @TempDir
  static Path folder;

  private static Fixture fixture;
  private static Client client;

  @BeforeAll
  static void start() {
    fixture = Fixture.start(folder, Fixture.narrow(), () -> {});
    client = fixture.client;
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"vector":[1,2]}                                | the query vector has 2 values; give exactly 6
          {"vector":[1,2,3,4,5,1e40]}                     | Infinity at position 5
          {"vector":[1,2,3,4,5,"x"]}                      | vector[5] is not a number
          {"vector":"x"}                                  | vector is not an array
          {"id":7}                                        | id is not text
          {}                                              | give vector, id, like or text
          {"id":"left","vector":[1]}                      | the body says twice what to search
          {"id":"left","k":0}                             | k is 0; ask for 1 to 1000
          {"id":"left","k":1001}                          | k is 1001
          {"id":"left","k":99999999999999999999}          | k is 99999999999999999999
          {"id":"left","k":1.5}                           | k is 1.5
          {"id":"left","diversity":2}                     | diversity is 2.0; give 0 to 1
          {"id":"left","diversity":"0.5"}                 | diversity is not a number
          {"id":"left","filtre":{}}                       | unknown field of the body "filtre"; did you mean "filter"?
          {"id":"left","filter":{"lable":"x"}}            | did you mean "label"?
          {"id":"left","filter":[]}                       | filter is not a JSON object
          {"id":"left","filter":{"attributes":{"a":null}}}| filter.attributes.a is null
          {"id":"left","id":"right"}                      | the body is not JSON: Duplicate field 'id'
          {"id":                                          | the body is not JSON
          {"id":"left"} trailing                          | the body is not JSON
          []                                              | the body is not a JSON object
          """)
  void badQueriesGetASentence(String json, String part) throws Exception {
    Client.Answer answer = client.post(SEARCH, json);
    assertThat(answer.error()).contains(part);
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void deeplyNestedFiltersAreRefused() throws Exception {
    String filter = "{\"not\":".repeat(17) + "{}" + "}".repeat(17);
    Client.Answer answer = client.post(SEARCH, "{\"id\":\"left\",\"filter\":" + filter + "}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).contains("more than 16 deep");
  }

  @Test
  void anUploadThatIsNoImageIsTheClientsFault() throws Exception {
    Client.Answer answer =
        client.upload("POST", SEARCH, "no image".getBytes(StandardCharsets.UTF_8), Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).contains("the image is not an image Lapidary can read");
    byte[] cut = java.util.Arrays.copyOf(GreyEmbedder.png(1, 2, 3, 4, 5, 6), 45);
    assertThat(client.upload("POST", SEARCH, cut, Map.of()).status()).isEqualTo(400);
    assertThat(client.upload("POST", SEARCH, cut, Map.of("q", "1")).error())
        .contains("unknown form field \"q\"");
  }

  @Test
  void aDamagedFormIsTheClientsFault() throws Exception {
    for (String type : new String[] {"multipart/form-data", "multipart/form-data; boundary=b"}) {
      Client.Answer answer = client.send(client
          .request(SEARCH)
          .POST(BodyPublishers.ofString("--b\r\nnothing that makes sense"))
          .header("Content-Type", type));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error())
          .containsAnyOf("names no boundary", "the multipart body is damaged");
    }
  }

  @Test
  void aCollectionWithoutItsModelCannotBeSearchedByImage() throws Exception {
    Client.Answer answer = client.upload(
        "POST", "/v1/collections/orphans/search", GreyEmbedder.png(1, 2, 3, 4, 5, 6), Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error())
        .contains("indexed with output features of the model with sha256 " + "b2".repeat(32))
        .contains("serve that model file too");
  }

  @Test
  void unknownCollectionsAndPathsAreNotFound() throws Exception {
    Client.Answer answer = client.post("/v1/collections/grays/search", "{\"id\":\"left\"}");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error()).contains("unknown collection \"grays\"; did you mean \"greys\"?");
    assertThat(client.get("/v1/nothing").error())
        .isEqualTo("there is no GET /v1/nothing; see /openapi.json");
    assertThat(client.get("/v1/nothing").status()).isEqualTo(404);
    assertThat(client.get("/v1/collections/%2e%2e").status()).isIn(400, 404);
  }

  @Test
  void otherMethodsAreNotAllowed() throws Exception {
    Client.Answer answer = client.get(SEARCH);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.response().headers().firstValue("Allow")).hasValue("POST");
    assertThat(answer.error()).contains("is not allowed, only POST");
  }

  @Test
  void otherContentTypesAreNotTaken() throws Exception {
    Client.Answer text = client.send(client
        .request(SEARCH)
        .POST(BodyPublishers.ofString("{\"id\":\"left\"}"))
        .header("Content-Type", "text/plain"));
    assertThat(text.status()).isEqualTo(415);
    assertThat(text.error()).contains("Content-Type text/plain is not taken here");
    Client.Answer none =
        client.send(client.request(SEARCH).POST(BodyPublishers.ofString("{\"id\":\"left\"}")));
    assertThat(none.status()).isEqualTo(415);
  }

  @Test
  void bodiesBeyondTheLimitAreRefusedAnnouncedOrNot() throws Exception {
    byte[] large = new byte[3 << 20];
    Client.Answer announced = client.upload("POST", SEARCH, large, Map.of());
    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.error()).isEqualTo("the body is longer than 65536 bytes; send less");
    Client.Answer chunked = client.send(client
        .request(SEARCH)
        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
        .header("Content-Type", "application/json"));
    assertThat(chunked.status()).isEqualTo(413);
    // What is left of the body is not taken for another request.
    assertThat(client.post(SEARCH, "{\"id\":\"left\"}").status()).isEqualTo(200);
  }

  @Test
  void failuresOfTheServerTellTheClientNothing() throws Exception {
    Path greys = folder.resolve("greys");
    Path aside = folder.resolve("aside");
    Files.move(greys, aside);
    Files.writeString(greys, "a file where the folder was");
    try {
      Client.Answer answer =
          client.put("/v1/collections/greys/items/x", "{\"vector\":[1,0,0,0,0,0]}");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error())
          .isEqualTo(
              "collection greys cannot be changed now, the server's log says why; try again later");
    } finally {
      Files.delete(greys);
      Files.move(aside, greys);
    }
  }

  @Test
  void requestsThatAreNoHttpGetJsonToo() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[4096];
      int length = socket.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, StandardCharsets.UTF_8))
          .contains("HTTP/1.1 400", "{\"error\":")
          .doesNotContain("Exception", "<html");
    }
  }
}
