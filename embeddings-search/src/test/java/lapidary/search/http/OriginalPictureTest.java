package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lapidary.search.Collection;
import lapidary.search.Samples;
import lapidary.search.SearchService;
import lapidary.search.store.Item;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that items were made of, over HTTP: those of the folder that the collection names, and no others. */
final class OriginalPictureTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 7};

  @TempDir
  Path folder;

  private SearchService service;
  private SearchServer server;

  @BeforeEach
  void start() throws IOException {
    Path files = Files.createDirectories(folder.resolve("files/cats"));
    Files.write(files.resolve("a b.png"), PNG);
    Files.writeString(files.resolve("page.png"), "<script>alert(1)</script>");
    Files.write(folder.resolve("secret.png"), PNG);
    Files.createSymbolicLink(files.resolve("link.png"), folder.resolve("secret.png"));
    Path kept = folder.resolve("kept");
    Collection.create(kept, Samples.spec("album", 2).picturedBy(folder.resolve("files")))
        .close();
    // Closed and opened: the folder is part of what is stored.
    Collection album = Collection.open(kept);
    Collection other = Collection.create(folder.resolve("other"), Samples.spec("other", 2));
    for (String id : List.of(
        "cats/a b.png",
        "cats/page.png",
        "cats/link.png",
        "cats",
        "cats/none.png",
        "../secret.png",
        folder.resolve("secret.png").toString())) {
      album.add(List.of(Item.of(id)), new float[][] {{1, 2}});
    }
    album.commit();
    other.add(List.of(Item.of("x")), new float[][] {{1, 2}});
    other.commit();
    service = new SearchService(List.of(album, other), List.of());
    server = SearchServer.start(List.of(Feature.collections(service)), ServerOptions.loopback(0));
  }

  @AfterEach
  void stop() {
    server.close();
    service.close();
  }

  private HttpResponse<byte[]> picture(String collection, String id) throws Exception {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    URI address = URI.create("http://127.0.0.1:" + server.port() + "/v1/collections/" + collection
        + "/items/" + encoded + "/picture");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void aFileIsAnsweredByWhatItIs() throws Exception {
    HttpResponse<byte[]> answer = picture("album", "cats/a b.png");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(answer.body()).isEqualTo(PNG);
  }

  @Test
  void nothingElseIsAnswered() throws Exception {
    for (String id : List.of(
        "cats/page.png",
        "cats/link.png",
        "cats",
        "cats/none.png",
        "../secret.png",
        folder.resolve("secret.png").toString())) {
      HttpResponse<byte[]> answer = picture("album", id);
      assertThat(answer.statusCode()).as(id).isEqualTo(404);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .contains("has no picture of", "look at its thumbnail");
    }
    assertThat(picture("album", "unknown").statusCode()).isEqualTo(404);
  }

  @Test
  void aCollectionWithoutAFolderSaysHowToGetOne() throws Exception {
    HttpResponse<byte[]> answer = picture("other", "x");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("collection other names no folder of pictures; index one folder of image files");
  }

  @Test
  void anItemSaysWhetherItHasOne() throws Exception {
    assertThat(item("album", "cats/a b.png").path("picture").asBoolean()).isTrue();
    for (String id : List.of("cats/page.png", "cats/link.png", "cats/none.png", "../secret.png")) {
      assertThat(item("album", id).has("picture")).as(id).isFalse();
    }
    assertThat(item("other", "x").has("picture")).isFalse();
  }

  private JsonNode item(String collection, String id) throws Exception {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return new Client(server.port())
        .get("/v1/collections/" + collection + "/items/" + encoded)
        .json();
  }

  @Test
  void whoAsksIsToldWhetherThereAreOriginals() throws Exception {
    Client client = new Client(server.port());
    assertThat(client.get("/v1/collections/album").json().path("pictures").asBoolean())
        .isTrue();
    assertThat(client.get("/v1/collections/other").json().has("pictures")).isFalse();
  }
}
