package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import lapidary.exporter.graph.Attribute;
import org.junit.jupiter.api.Test;

final class TextKeysTest {
  private static Attribute attribute(List<String> texts, String name) {
    return TextKeys.of(texts).attributes().get(name);
  }

  /** Java's own writer of that form, which puts a length of two bytes before it, is the judge. */
  private static ByteString asJavaHandsItOver(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeUTF(text);
    return ByteString.copyFrom(Arrays.copyOfRange(bytes.toByteArray(), 2, bytes.size()));
  }

  @Test
  void textsAboveTheBasicPlaneAreFoundInBothForms() throws IOException {
    List<String> texts = List.of("red", "größe 😀𝄞", "blue");
    assertThat(attribute(texts, "keys_strings"))
        .isEqualTo(new Attribute.Texts(List.of(
            ByteString.copyFromUtf8("red"),
            ByteString.copyFromUtf8("größe 😀𝄞"),
            asJavaHandsItOver("größe 😀𝄞"),
            ByteString.copyFromUtf8("blue"))));
    assertThat(attribute(texts, "values_int64s")).isEqualTo(Attribute.Wholes.of(1, 2, 2, 3));
  }
}
