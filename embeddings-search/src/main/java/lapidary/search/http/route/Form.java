package lapidary.search.http.route;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;

/** The fields of a multipart/form-data body, all in memory. Immutable, thread-safe. */
public final class Form {
  private static final int MAX_PARTS = 16;

  private final Body body;
  private final Map<String, byte[]> fields;

  private Form(Body body, Map<String, byte[]> fields) {
    this.body = body;
    this.fields = fields;
  }

  /**
   * Parses a body.
   *
   * @param known the fields it may have, each at most once
   */
  public static Form read(Body body, List<String> known) {
    Map<String, byte[]> fields = new TreeMap<>();
    try (MultiPartFormData.Parts parts = parse(body)) {
      for (MultiPart.Part part : parts) {
        String name = part.getName() == null ? "" : part.getName();
        if (!known.contains(name)) {
          throw NearestName.unknown("form field", name, known);
        }
        if (fields.put(name, bytes(part)) != null) {
          throw new InvalidInputException("form field " + name + " is there twice; send it once");
        }
      }
    }
    return new Form(body, fields);
  }

  private static MultiPartFormData.Parts parse(Body body) {
    String boundary = MultiPart.extractBoundary(body.type());
    if (boundary == null) {
      throw new InvalidInputException(
          "the Content-Type names no boundary; let the HTTP client write the multipart body");
    }
    MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
    parser.setMaxParts(MAX_PARTS);
    // The body is in memory already: parts stay there too and no file is written.
    parser.setUseFilesForPartsWithoutFileName(false);
    parser.setMaxMemoryFileSize(body.bytes().content().length);
    try {
      CompletableFuture<MultiPartFormData.Parts> parts = new CompletableFuture<>();
      parser.parse(
          Content.Source.from(ByteBuffer.wrap(body.bytes().content())),
          Promise.Invocable.toPromise(parts));
      return parts.join();
    } catch (CompletionException | IllegalArgumentException | IllegalStateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InvalidInputException(
          "the multipart body is damaged: " + cause.getMessage() + "; send it again", e);
    }
  }

  private static byte[] bytes(MultiPart.Part part) {
    try {
      ByteBuffer buffer = Content.Source.asByteBuffer(part.getContentSource());
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("a part in memory cannot be read", e);
    }
  }

  /** The bytes of a field; empty if it was not sent. */
  public Optional<byte[]> bytes(String name) {
    return Optional.ofNullable(fields.get(name)).map(byte[]::clone);
  }

  /**
   * The picture file of a field, small enough to be decoded; empty if it was not sent. Not copied.
   *
   * @param what what to call it in an error
   */
  public Optional<byte[]> picture(String name, String what) {
    return Optional.ofNullable(fields.get(name))
        .map(picture -> body.requireDecodable(picture, what));
  }

  /** The text of a field, UTF-8; empty if it was not sent. */
  public Optional<String> text(String name) {
    return bytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
