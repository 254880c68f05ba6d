package lapidary.models.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What docs/cuda.md says is fetched is what is pinned. */
final class CudaDocumentTest {
  private static String text;

  @BeforeAll
  static void read() throws Exception {
    text = Files.readString(Path.of("../docs/cuda.md"));
  }

  @Test
  void theMavenProfileBringsThePinnedJars() throws Exception {
    String profile = text.substring(text.indexOf("<profile>"), text.indexOf("</profile>"));
    Document parsed = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream((profile + "</profile>").getBytes(StandardCharsets.UTF_8)));

    assertThat(texts(parsed, "artifact"))
        .containsExactlyElementsOf(CudaSet.pinned().artifacts().stream()
            .map(CudaDocumentTest::mavenCoordinates)
            .toList());
    assertThat(texts(parsed, "argument"))
        .containsExactly("cuda", "install", "--from", "${settings.localRepository}");
  }

  @Test
  void theTableHasThePinnedJarsWithTheirSizes() {
    assertThat(text.lines().filter(line -> line.matches("\\| `\\S+:\\S+` \\| [\\d,]+ \\| .*")))
        .extracting(line -> line.replaceFirst("^\\| `(\\S+)` \\| ([\\d,]+) \\|.*", "$1 $2"))
        .containsExactlyElementsOf(CudaSet.pinned().artifacts().stream()
            .map(jar -> String.format(
                Locale.ROOT, "%s %,d", jar.coordinates(), Math.round(jar.bytes() / 1e6)))
            .toList());
  }

  /** With the packaging before the classifier, as the plugin wants it. */
  private static String mavenCoordinates(CudaArtifact artifact) {
    return artifact.coordinates().replaceFirst("^([^:]+:[^:]+:[^:]+):", "$1:jar:");
  }

  private static List<String> texts(Document document, String element) {
    NodeList found = document.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }
}
