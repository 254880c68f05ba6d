package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What this module tells GraalVM's compiler of ONNX Runtime's native library, held against the library. */
final class NativeImageTest {
  private static final String FOLDER =
      "/META-INF/native-image/io.github.lapidary/lapidary-runtime/";
  private static final String LIBRARY = "/ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";

  @Test
  void everyClassThatTheLibraryLooksUpIsNamed() throws IOException, ClassNotFoundException {
    String library = new String(read(LIBRARY), StandardCharsets.ISO_8859_1);
    TreeSet<String> wanted = new TreeSet<>();
    // Names as C has them, each ended by a zero.
    Pattern.compile("\0((?:ai/onnxruntime|java/[a-z]+)/[A-Za-z]+)(?=\0)")
        .matcher(library)
        .results()
        .map(MatchResult::group)
        .forEach(name -> wanted.add(name.substring(1).replace('/', '.')));

    TreeSet<String> named = new TreeSet<>();
    for (JsonNode entry : new ObjectMapper().readTree(read(FOLDER + "jni-config.json"))) {
      named.add(Class.forName(entry.get("name").asText()).getName());
      assertThat(entry.get("allDeclaredConstructors").asBoolean()).isTrue();
      assertThat(entry.get("allDeclaredMethods").asBoolean()).isTrue();
      assertThat(entry.get("allDeclaredFields").asBoolean()).isTrue();
    }
    assertThat(named).isEqualTo(wanted).contains("ai.onnxruntime.TensorInfo");
  }

  @Test
  void theLibraryItselfIsTakenAlong() throws IOException {
    String pattern = new ObjectMapper()
        .readTree(read(FOLDER + "resource-config.json"))
        .at("/resources/includes/0/pattern")
        .asText();
    assertThat(LIBRARY.substring(1)).matches(pattern);
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NativeImageTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
