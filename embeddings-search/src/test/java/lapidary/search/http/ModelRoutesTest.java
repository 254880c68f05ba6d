package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import lapidary.search.http.log.AuditLog;
import lapidary.search.http.route.Route;
import lapidary.search.inference.Datatype;
import lapidary.search.inference.TinyModel;
import lapidary.search.inference.TinyRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelRoutesTest {
  private static final String INFER = "/v2/models/plus/infer";
  private static final String ROW =
      "{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[1,2,3]}";

  @TempDir
  Path folder;

  private final List<String> audit = new CopyOnWriteArrayList<>();
  private TinyRegistry models;
  private Feature feature;
  private SearchServer server;
  private ModelClient client;

  @BeforeEach
  void start() throws Exception {
    models = TinyRegistry.over(folder.resolve("models")).with("plus", 1, TinyModel.add(1));
    feature = Feature.inference(models.service());
    server = SearchServer.start(
        List.of(feature), ServerOptions.loopback(0), new AuditLog(audit::add), List.of());
    client = new ModelClient(server, models.service());
  }

  @AfterEach
  void stop() {
    server.close();
    models.close();
  }

  private static String request(String inputs) {
    return "{\"inputs\":[" + inputs + "]}";
  }

  /** Rows of the published YAML, and of Triton's extensions: what is asked, and the fields that an answer has to have. */
  @ParameterizedTest
  @CsvSource({
    "GET, /v2, name:STRING version:STRING extensions:ARRAY",
    "GET, /v2/, name:STRING version:STRING extensions:ARRAY",
    "GET, /v2/health/live, live:BOOLEAN",
    "GET, /v2/health/ready, ready:BOOLEAN",
    "GET, /v2/models/plus, name:STRING versions:ARRAY platform:STRING inputs:ARRAY outputs:ARRAY",
    "GET, /v2/models/plus/versions/1, name:STRING versions:ARRAY platform:STRING inputs:ARRAY outputs:ARRAY",
    "GET, /v2/models/plus/ready, name:STRING ready:BOOLEAN",
    "GET, /v2/models/plus/versions/1/ready, name:STRING ready:BOOLEAN",
    "POST, /v2/models/plus/infer, model_name:STRING model_version:STRING outputs:ARRAY",
    "POST, /v2/models/plus/versions/1/infer, model_name:STRING model_version:STRING outputs:ARRAY",
    "GET, /v2/models/plus/config, name:STRING platform:STRING backend:STRING max_batch_size:NUMBER input:ARRAY output:ARRAY",
    "GET, /v2/models/plus/versions/1/config, name:STRING max_batch_size:NUMBER",
    "GET, /v2/models/stats, model_stats:ARRAY",
    "GET, /v2/models/plus/stats, model_stats:ARRAY",
    "GET, /v2/models/plus/versions/1/stats, model_stats:ARRAY"
  })
  void everyRowOfTheProtocolIsAnswered(String method, String path, String fields) throws Exception {
    ModelClient.Answer answer =
        method.equals("GET") ? client.get(path) : client.post(path, request(ROW));
    assertThat(answer.status()).isEqualTo(200);
    for (String field : fields.split(" ", -1)) {
      String[] parts = field.split(":", 2);
      assertThat(answer.json().path(parts[0]).getNodeType()).as(field).hasToString(parts[1]);
    }
  }

  @Test
  void whatIsDocumentedIsServed() {
    Set<String> served = new TreeSet<>();
    feature.routes().stream().map(Route::path).forEach(served::add);
    Set<String> written = new TreeSet<>();
    feature.documentation().path("paths").fieldNames().forEachRemaining(written::add);
    assertThat(written).isEqualTo(served);
  }

  @Test
  void tensorsAreDescribedInTheProtocolsWords() throws Exception {
    JsonNode model = client.get("/v2/models/plus").json();
    assertThat(model.path("inputs"))
        .hasToString("[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]");
    assertThat(client.get("/v2/models/plus/config").json().path("input"))
        .hasToString("[{\"name\":\"x\",\"data_type\":\"TYPE_FP32\",\"dims\":[-1,3]}]");
  }

  /** Bits as numpy writes them. */
  @ParameterizedTest
  @CsvSource({
    "BOOL, 0001",
    "UINT8, 80ff",
    "UINT16, 0080ffff",
    "UINT32, 00000080ffffffff",
    "UINT64, 0000000000000080ffffffffffffffff",
    "INT8, 807f",
    "INT16, 0080ff7f",
    "INT32, 00000080ffffff7f",
    "INT64, 0000000000000080ffffffffffffff7f",
    "FP16, ff7b0100",
    "FP32, 0000c03fffff7f7f",
    "FP64, 000000000000f83f9a9999999999b9bf",
    "BF16, 49407f7f",
    "BYTES, 010000006105000000c3bce282ac"
  })
  void rawValuesComeOutAsTheyWentIn(Datatype datatype, String hex) throws Exception {
    models.with("same", 1, TinyModel.identity(datatype));
    String json = "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"x\","
        + "\"shape\":[1,2],\"datatype\":\"" + datatype + "\",\"parameters\":{\"binary_data_size\":"
        + hex.length() / 2 + "}}]}";
    ModelClient.Answer answer = client.binary("/v2/models/same/infer", json, hex);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(answer.raw()).isEqualTo(hex);
    assertThat(answer.json().at("/outputs/0/parameters/binary_data_size").intValue())
        .isEqualTo(hex.length() / 2);
    assertThat(answer.json().at("/outputs/0/shape")).hasToString("[1,2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL|[false,true]",
        "UINT8|[0,255]",
        "UINT16|[0,65535]",
        "UINT32|[0,4294967295]",
        "UINT64|[0,18446744073709551615]",
        "INT8|[-128,127]",
        "INT16|[-32768,32767]",
        "INT32|[-2147483648,2147483647]",
        "INT64|[-9223372036854775808,9223372036854775807]",
        "FP32|[0.1,3.4028235E38]",
        "FP32|[NaN,-Infinity]",
        "FP64|[0.1,-1.7976931348623157E308]",
        "BYTES|[\"\",\"ü€😀\"]"
      })
  void valuesOfJsonComeOutAsTheyWentIn(Datatype datatype, String data) throws Exception {
    models.with("same", 1, TinyModel.identity(datatype));
    String json = request(
        "{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"" + datatype + "\",\"data\":" + data + "}");
    ModelClient.Answer answer = client.post("/v2/models/same/infer", json);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"model_name\":\"same\",\"model_version\":\"1\",\"outputs\":[{\"name\":\"y\","
            + "\"datatype\":\"" + datatype + "\",\"shape\":[1,2],\"data\":" + data + "}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"x\",\"shape\":[2,3],\"datatype\":\"FP32\",\"data\":[[1,2,3],[4,5,6]]}",
        "{\"data\":[[1,2,3],[4,5,6]],\"datatype\":\"FP32\",\"shape\":[2,3],\"name\":\"x\"}",
        "{\"datatype\":\"FP32\",\"data\":[1,2.0,3e0,[4,[5],6]],\"unknown\":{\"a\":[1]},\"shape\":[2,3],\"name\":\"x\"}"
      })
  void dataAreFlatOrNestedAndFieldsInAnyOrder(String input) throws Exception {
    JsonNode output = client.post(INFER, request(input)).json().at("/outputs/0");
    assertThat(output.path("data")).hasToString("[2.0,3.0,4.0,5.0,6.0,7.0]");
    assertThat(output.path("shape")).hasToString("[2,3]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing|the request is not a JSON object",
        "[]|the request is not a JSON object",
        "{\"inputs\":[}|the request is not JSON",
        "{}|the request has no inputs",
        "{\"inputs\":[]} {}|something follows the request",
        "{\"inputs\":{}}|inputs is not an array",
        "{\"inputs\":[3]}|inputs[0] is not a JSON object",
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"data\":[1]}]}|inputs[0] has no datatype",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"data\":[1]}]}|inputs[0] has no shape",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP31\",\"shape\":[1]}]}|unknown datatype \"FP31\"",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1],\"data\":[1]}]}|dimensions are 0 or more",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1.5],\"data\":[1]}]}|inputs[0].shape is not an array",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[1]}]}|has 1 values, and its shape [2] wants 2",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[\"1\"]}]}|value 0 is 1; send a number",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1e39]}]}|send a number within the range",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"UINT8\",\"shape\":[2],\"data\":[1,256]}]}|value 1 is 256; send a whole number from 0 to 255",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[9223372036854775808]}]}|send a whole number from",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"UINT64\",\"shape\":[1],\"data\":[-1]}]}|from 0 to 2^64-1",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"INT32\",\"shape\":[1],\"data\":[1.5]}]}|send a whole number",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"BOOL\",\"shape\":[1],\"data\":[1]}]}|send true or false",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[1]}]}|send text",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP16\",\"shape\":[1],\"data\":[1]}]}|FP16, which JSON has no form for",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":3}]}|is not an array; send one, flat or nested",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1]}]}|has neither data nor the parameter binary_data_size",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1],\"parameters\":{\"binary_data_size\":4}}]}|0 bytes are left behind the JSON",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1],\"parameters\":{\"shared_memory_region\":\"r\"}}]}|is in shared memory",
        "{\"inputs\":[],\"parameters\":{\"binary_data_output\":\"yes\"}}|parameter binary_data_output is \"yes\"",
        "{\"inputs\":[]}|needs input \"x\""
      })
  void whatMakesNoSenseIsToldInASentence(String body, String sentence) throws Exception {
    ModelClient.Answer answer = client.post(INFER, body.equals("nothing") ? "" : body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).contains(sentence).doesNotContain(folder.toString());
  }

  @Test
  void rawBytesThatBelongToNothingAreRefused() throws Exception {
    assertThat(client.binary(INFER, request(ROW), "00").error())
        .contains("1 bytes of the body belong to no input");
    assertThat(
            client.post(INFER, request(ROW), ModelClient.JSON_LENGTH, "1000000").error())
        .contains("Inference-Header-Content-Length is 1000000, and the body has");
    assertThat(client.post(INFER, request(ROW), ModelClient.JSON_LENGTH, "-1").status())
        .isEqualTo(400);
  }

  @Test
  void whatIsNotThereIs404AndWhatIsNotReady503() throws Exception {
    for (String path : List.of(
        "/v2/models/none",
        "/v2/models/none/ready",
        "/v2/models/none/stats",
        "/v2/models/none/config",
        "/v2/models/plus/versions/7")) {
      assertThat(client.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(client.post("/v2/models/none/infer", request(ROW)).error())
        .contains("unknown model \"none\"");
    assertThat(client.get("/v2/models/plus/versions/new").status()).isEqualTo(400);
    CompletableFuture<Void> opening = models.opening("late", TinyModel.add(2));
    ModelClient.Answer ready = client.get("/v2/models/late/ready");
    assertThat(ready.status() + " " + ready.json())
        .isEqualTo("503 {\"name\":\"late\",\"ready\":false}");
    ModelClient.Answer late = client.post("/v2/models/late/infer", request(ROW));
    assertThat(late.status() + " " + late.error()).startsWith("503 model \"late\", is not ready");
    models.letOpen();
    opening.join();
    assertThat(client.get("/v2/models/late/ready").status()).isEqualTo(200);
  }

  @Test
  void modelsAreUnloadedAndLoadedAndThatIsAudited() throws Exception {
    assertThat(client.post("/v2/repository/models/plus/unload", "").status()).isEqualTo(200);
    models.awaitUnloaded();
    assertThat(client.post("/v2/repository/index", "").json())
        .hasToString(
            "[{\"name\":\"plus\",\"version\":\"1\",\"state\":\"UNAVAILABLE\",\"reason\":\"unloaded\"}]");
    assertThat(client.post("/v2/repository/index", "{\"ready\":true}").json()).isEmpty();
    assertThat(client.post("/v2/repository/models/plus/load", "{}").status()).isEqualTo(200);
    assertThat(client.post("/v2/repository/index", "{\"ready\":true}").json().at("/0/state"))
        .hasToString("\"READY\"");
    assertThat(client.post("/v2/repository/models/none/load", "{}").status()).isEqualTo(404);
    assertThat(client
            .post("/v2/repository/models/plus/load", "{\"parameters\":{\"config\":\"{}\"}}")
            .error())
        .contains("omit the parameters");
    assertThat(audit)
        .hasSize(4)
        .first()
        .asString()
        .contains("/v2/repository/models/plus/unload\"", "\"status\":200");
  }

  @Test
  void statisticsHaveTritonsShape() throws Exception {
    client.post(INFER, request(ROW));
    JsonNode done = client.get("/v2/models/plus/stats").json().at("/model_stats/0");
    assertThat(done.at("/inference_stats/success/count").intValue()).isEqualTo(1);
    assertThat(done.at("/inference_stats/compute_infer/ns").longValue()).isPositive();
    assertThat(done.at("/batch_stats/0/batch_size").intValue()).isEqualTo(1);
    assertThat(done.path("inference_count").intValue()).isEqualTo(1);
  }

  /** As tritonclient.http sends it: outputs by name, one raw and one not, with an id. */
  @Test
  void aRequestOfTritonsHttpClient() throws Exception {
    models.with("sums", 1, TinyModel.sums());
    String json =
        "{\"id\": \"17\", \"inputs\": [{\"name\": \"a\", \"shape\": [2], \"datatype\": \"FP32\","
            + " \"parameters\": {\"binary_data_size\": 8}}, {\"name\": \"b\", \"shape\": [2], \"datatype\":"
            + " \"FP32\", \"parameters\": {\"binary_data_size\": 8}}], \"outputs\": [{\"name\":"
            + " \"difference\", \"parameters\": {\"binary_data\": true}}, {\"name\": \"sum\","
            + " \"parameters\": {\"binary_data\": false}}]}";
    ModelClient.Answer answer =
        client.binary("/v2/models/sums/infer", json, "0000803f000000400000003f0000003f");
    assertThat(answer.json().path("id").textValue()).isEqualTo("17");
    assertThat(answer.json().at("/outputs/0/name").textValue()).isEqualTo("difference");
    assertThat(answer.raw()).as(".5 and 1.5").isEqualTo("0000003f0000c03f");
    assertThat(answer.json().at("/outputs/1/data")).hasToString("[1.5,2.5]");
  }

  /** tritonclient with request_compression_algorithm. */
  @Test
  void compressedRequestsAreUnpacked() throws Exception {
    byte[] json = request(ROW).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(json);
    }
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflate)) {
      out.write(json);
    }
    assertThat(
            client.post(INFER, gzip.toByteArray(), "Content-Encoding", "gzip").status())
        .isEqualTo(200);
    assertThat(client
            .post(INFER, deflate.toByteArray(), "Content-Encoding", "deflate")
            .status())
        .isEqualTo(200);
    assertThat(client.post(INFER, json, "Content-Encoding", "gzip").error())
        .contains("the body is not gzip");
    assertThat(client.post(INFER, json, "Content-Encoding", "br").status()).isEqualTo(415);
  }

  /** A few kilobytes that stand for many megabytes. */
  @Test
  void aBodyThatIsTooLongWhenUnpackedIsRefused() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      byte[] blank = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 17; i++) {
        out.write(blank);
      }
    }
    assertThat(
            client.post(INFER, gzip.toByteArray(), "Content-Encoding", "gzip").status())
        .isEqualTo(413);
  }

  /** KServe's InferenceRESTClient: the model's name and an id in the body, raw values with their media type. */
  @Test
  void requestsOfKServesRestClient() throws Exception {
    String json = "{\"id\":\"5\",\"model_name\":\"plus\",\"inputs\":[" + ROW + "]}";
    JsonNode answer =
        client.post(INFER, json, "content-type", "application/json").json();
    assertThat(answer.path("id").textValue()).isEqualTo("5");
    assertThat(answer.at("/outputs/0/data")).hasToString("[2.0,3.0,4.0]");
    String raw =
        "{\"id\":\"6\",\"model_name\":\"plus\",\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],"
            + "\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":12}}]}";
    byte[] header = raw.getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(header, header.length + 12);
    ModelClient.Answer second = client.post(
        INFER,
        body,
        "content-type",
        "application/octet-stream",
        ModelClient.JSON_LENGTH,
        Integer.toString(header.length));
    assertThat(second.json().at("/outputs/0/data")).hasToString("[1.0,1.0,1.0]");
  }

  /** What curl -d sends without a header of one's own. */
  @Test
  void aRequestOfCurl() throws Exception {
    assertThat(client
            .post(INFER, request(ROW), "Content-Type", "application/x-www-form-urlencoded")
            .status())
        .isEqualTo(200);
  }

  @Test
  void classesAreAskedForByAParameterOfAnOutput() throws Exception {
    models.with("sides", 1, TinyModel.classifier());
    String json = "{\"inputs\":[" + ROW + "],\"outputs\":[{\"name\":\"logits\",\"parameters\":"
        + "{\"classification\":2}}]}";
    JsonNode output = client.post("/v2/models/sides/infer", json).json().at("/outputs/0");
    assertThat(output)
        .hasToString("{\"name\":\"logits\",\"datatype\":\"BYTES\",\"shape\":[1,2],"
            + "\"data\":[\"3.000000:2:right\",\"2.000000:1:middle\"]}");
  }

  @Test
  void sixteenBitFloatsAreRefusedAsJson() throws Exception {
    models.with("same", 1, TinyModel.identity(Datatype.FP16));
    String json = request("{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP16\","
        + "\"parameters\":{\"binary_data_size\":4}}");
    ModelClient.Answer answer = client.binary("/v2/models/same/infer", json, "ff7b0100");
    assertThat(answer.status() + " " + answer.error())
        .startsWith("400 output \"y\" is FP16, which JSON has no form for");
  }

  /** A long array is read without a tree: its JSON may be as long as any body. */
  @Test
  void longArraysAreTaken() throws Exception {
    int rows = 400_000;
    List<String> row = new ArrayList<>(Collections.nCopies(rows, "0.125,1e1,-3"));
    String json = request("{\"name\":\"x\",\"shape\":[" + rows + ",3],\"datatype\":\"FP32\","
        + "\"data\":[" + String.join(",", row) + "]}");
    assertThat(json.length()).isGreaterThan(5_000_000);
    JsonNode data =
        client.post(INFER, json, "Content-Type", "application/json").json().at("/outputs/0/data");
    assertThat(data).hasSize(3 * rows);
    assertThat(data.get(3 * rows - 2).floatValue()).isEqualTo(11);
  }
}
