package lapidary.benchmarks.service;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A request to send many times. Immutable. */
final class LoadRequest {
  private static final String BOUNDARY = "lapidary-load";

  private final String method;
  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;

  private LoadRequest(String method, String path, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.headers = new TreeMap<>(headers);
    this.body = body.clone();
  }

  static LoadRequest get(String path) {
    return new LoadRequest("GET", path, Map.of(), new byte[0]);
  }

  static LoadRequest delete(String path) {
    return new LoadRequest("DELETE", path, Map.of(), new byte[0]);
  }

  static LoadRequest postJson(String path, String json) {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  static LoadRequest putJson(String path, String json) {
    return new LoadRequest(
        "PUT",
        path,
        Map.of("Content-Type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8));
  }

  static LoadRequest post(String path, String type, byte[] body) {
    return new LoadRequest("POST", path, Map.of("Content-Type", type), body);
  }

  /** A form whose field {@code image} is a picture. */
  static LoadRequest postPicture(String path, byte[] picture) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\";"
            + " filename=\"picture\"\r\nContent-Type: application/octet-stream\r\n\r\n")
        .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(picture);
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return post(path, "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray());
  }

  /** The same with a further header. */
  LoadRequest with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new LoadRequest(method, path, more, body);
  }

  String path() {
    return path;
  }

  /** For Java's client. */
  HttpRequest to(String url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return request.build();
  }

  /** For wrk: a program in Lua that sets the request. */
  String lua() {
    StringBuilder lua =
        new StringBuilder("wrk.method = ").append(quoted(method)).append('\n');
    headers.forEach((name, value) -> lua.append("wrk.headers[")
        .append(quoted(name))
        .append("] = ")
        .append(quoted(value))
        .append('\n'));
    return body.length == 0
        ? lua.toString()
        : lua.append("wrk.body = ").append(quoted(body)).append('\n').toString();
  }

  private static String quoted(String text) {
    return quoted(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Each byte as three digits, which Lua reads as that byte. */
  private static String quoted(byte[] bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (byte each : bytes) {
      text.append('\\').append(String.valueOf(1000 + (each & 255)).substring(1));
    }
    return text.append('"').toString();
  }
}
