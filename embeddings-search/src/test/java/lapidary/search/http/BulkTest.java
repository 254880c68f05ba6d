package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many changes in one body. */
@Timeout(120)
final class BulkTest {
  private static final String ITEMS = "/v1/collections/orphans/items";

  @TempDir
  Path folder;

  private static String line(int i) {
    return "{\"put\":{\"id\":\"i" + i + "\",\"vector\":[1," + i + "],\"attributes\":{\"n\":" + i
        + "}}}\n";
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(BulkTest::line).collect(Collectors.joining());
  }

  private static Client.Answer bulk(Client client, String lines) throws Exception {
    return client.send(client
        .request(ITEMS + "/bulk")
        .POST(BodyPublishers.ofString(lines))
        .header("Content-Type", "application/x-ndjson"));
  }

  /** Lucene numbers its commits. */
  private long commits() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("orphans"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("segments_"))
          .mapToLong(name -> Long.parseLong(name.substring("segments_".length()), 36))
          .max()
          .orElseThrow();
    }
  }

  @Test
  void aThousandLinesAreOneCommitAndWrongOnesAreTold() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      long before = commits();
      String body = lines(0, 500) + "\n{\"put\":{\"id\":\"x\",\"vector\":[1]}}\n"
          + "{\"delete\":\"i7\"}\r\n{\"delete\":\"never\"}\nnonsense\n" + lines(500, 1_200)
          + "{\"put\":{},\"delete\":\"i1\"}\n{\"delete\":\"i8\"}";
      Client.Answer answer = bulk(fixture.client, body);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      JsonNode loaded = answer.json();
      assertThat(loaded.path("put").asInt()).isEqualTo(1_200);
      assertThat(loaded.path("deleted").asInt()).isEqualTo(2);
      assertThat(loaded.path("count").asInt()).isEqualTo(1_198);
      assertThat(loaded.path("refused").asInt()).isEqualTo(3);
      assertThat(loaded.path("refusals").findValuesAsText("line"))
          .containsExactly("502", "505", "1206");
      assertThat(loaded.at("/refusals/0/error").asText()).contains("the vector of item x");
      assertThat(loaded.at("/refusals/1/error").asText()).contains("the line is not JSON");
      assertThat(loaded.at("/refusals/2/error").asText()).contains("has to say one thing");
      assertThat(commits() - before).as("1,207 lines in two pieces").isEqualTo(2);
      for (int i = 0; i < 5; i++) {
        fixture.client.put(ITEMS + "/one-" + i, "{\"vector\":[1,2]}");
      }
      assertThat(commits() - before).as("the control: singly each costs one").isEqualTo(7);
    }
  }

  @Test
  void aBatchIsOneCommitAndAllOrNothing() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      long before = commits();
      String items = IntStream.range(0, 1_000)
          .mapToObj(i -> "{\"id\":\"i" + i + "\",\"vector\":[1," + i + "]}")
          .collect(Collectors.joining(","));
      Client.Answer answer = fixture.client.post(
          ITEMS + "/batch", "{\"put\":[" + items + "],\"delete\":[\"i3\",\"never\"]}");
      assertThat(answer.text()).isEqualTo("{\"put\":1000,\"deleted\":1,\"count\":999}");
      assertThat(commits() - before).isEqualTo(1);
      Client.Answer wrong = fixture.client.post(
          ITEMS + "/batch",
          "{\"delete\":[\"i1\"],\"put\":[{\"id\":\"y\",\"vector\":[1,2]},{\"id\":\"z\",\"vector\":[1]}]}");
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.error()).startsWith("put[1]: the vector of item z");
      assertThat(fixture.service.info("orphans").count()).isEqualTo(999);
      assertThat(fixture.client.get(ITEMS + "/i1").status()).isEqualTo(200);
      assertThat(fixture.client.post(ITEMS + "/batch", "{}").error()).contains("nothing to do");
      assertThat(commits() - before).isEqualTo(1);
    }
  }

  /** The server of this test takes bodies of 64 KiB. */
  @Test
  void aBodyOfLinesIsNoLongerThanOthers() throws Exception {
    try (Fixture fixture = Fixture.start(folder, Fixture.narrow(), () -> {})) {
      int before = fixture.service.info("orphans").count();
      Client.Answer answer = bulk(fixture.client, lines(0, 5_000));
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.error()).isEqualTo("the body is longer than 65536 bytes; send less");
      assertThat(fixture.service.info("orphans").count()).isEqualTo(before);
    }
  }

  @Test
  void anIdThatNoItemCanHaveIsAWrongLineAndAnotherTypeIsRefused() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      Client.Answer answer =
          bulk(fixture.client, lines(0, 3) + "{\"delete\":\"" + "x".repeat(1 << 20) + "\"}");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().path("put").asInt()).isEqualTo(3);
      assertThat(answer.json().at("/refusals/0/error").asText()).contains("is too long");
      assertThat(fixture.client.post(ITEMS + "/bulk", line(1)).error())
          .isEqualTo("lines are taken here; send application/x-ndjson");
      assertThat(bulk(fixture.client, "").json().path("put").asInt()).isZero();
    }
  }
}
