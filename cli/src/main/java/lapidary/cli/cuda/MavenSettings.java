package lapidary.cli.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import lapidary.models.InvalidInputException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The mirror of Maven Central in a user's Maven settings. Stateless. */
final class MavenSettings {
  /** What a mirror may say that it mirrors, Maven Central among it; exclusions are not looked at. */
  private static final List<String> CENTRAL = List.of("*", "external:*", "central");

  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private MavenSettings() {}

  /** The mirror's address, if the file is there and names one. */
  static Optional<String> mirror(Path settings) {
    if (!Files.isRegularFile(settings)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(settings)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(NO_DOCTYPE, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // Its own prints to standard error beside throwing.
      builder.setErrorHandler(null);
      NodeList mirrors = builder.parse(in).getElementsByTagName("mirror");
      for (int i = 0; i < mirrors.getLength(); i++) {
        Element mirror = (Element) mirrors.item(i);
        if (List.of(text(mirror, "mirrorOf").split("\\s*,\\s*", -1)).stream()
            .anyMatch(CENTRAL::contains)) {
          return Optional.of(text(mirror, "url")).filter(url -> !url.isEmpty());
        }
      }
      return Optional.empty();
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new InvalidInputException(
          settings + " cannot be read: " + e.getMessage()
              + "; correct it, or name a repository by --repository",
          e);
    }
  }

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
