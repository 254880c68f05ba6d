package lapidary.search.projector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The files of three.js (MIT), as its jar from npm has them. Stateless. */
public final class ThreeFiles {
  private static final String FACTS = "/META-INF/maven/org.webjars.npm/three/pom.properties";

  private ThreeFiles() {}

  /** One of its built modules, such as {@code three.module.min.js}, to be closed; null if there is not one. */
  public static @Nullable InputStream opened(String name) {
    return ThreeFiles.class.getResourceAsStream(
        "/META-INF/resources/webjars/three/" + version() + "/build/" + name);
  }

  private static String version() {
    try (InputStream in = ThreeFiles.class.getResourceAsStream(FACTS)) {
      Properties facts = new Properties();
      facts.load(in);
      return facts.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("the jar of three.js cannot be read", e);
    }
  }
}
