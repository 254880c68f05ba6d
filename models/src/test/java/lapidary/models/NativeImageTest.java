package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this module tells GraalVM's compiler of its reflection: whatever JSON is bound to, and no class that is not there. */
final class NativeImageTest {
  private static final String FOLDER = "/META-INF/native-image/io.github.lapidary/lapidary-models/";

  @Test
  void everyTypeThatJsonIsBoundToIsNamed() throws IOException {
    Set<String> bound = new TreeSet<>();
    Stream.of(ModelDescription.class, Catalogue.class, EmbeddingOrigin.class)
        .forEach(root -> collect(root, bound));

    TreeMap<String, JsonNode> named = new TreeMap<>();
    read("reflect-config.json").forEach(entry -> named.put(entry.get("name").asText(), entry));

    assertThat(named.keySet()).isEqualTo(bound);
    assertThat(named.values()).allSatisfy(entry -> {
      assertThat(entry.get("allDeclaredConstructors").asBoolean()).isTrue();
      assertThat(entry.get("allDeclaredMethods").asBoolean()).isTrue();
      assertThat(entry.get("allDeclaredFields").asBoolean()).isTrue();
      assertThat(entry.get("allRecordComponents").asBoolean()).isTrue();
    });
  }

  @Test
  void everyResourceIsTakenAlong() throws IOException {
    String pattern = read("resource-config.json")
        .get("resources")
        .get("includes")
        .get(0)
        .get("pattern")
        .asText();
    Path resources = Path.of("src/main/resources");
    try (Stream<Path> files = Files.walk(resources)) {
      assertThat(files
              .filter(Files::isRegularFile)
              .map(file -> resources.relativize(file).toString().replace('\\', '/'))
              .filter(name -> !name.startsWith("META-INF/")))
          .isNotEmpty()
          .allMatch(name -> name.matches(pattern));
    }
  }

  private static void collect(Type type, Set<String> names) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(part -> collect(part, names));
    }
    if (type instanceof Class<?> known
        && known.getName().startsWith("lapidary.")
        && names.add(known.getName())) {
      if (known.isRecord()) {
        Arrays.stream(known.getRecordComponents())
            .map(RecordComponent::getGenericType)
            .forEach(part -> collect(part, names));
      }
      if (known.isSealed() && !known.isEnum()) {
        Arrays.stream(known.getPermittedSubclasses())
            .forEach(permitted -> collect(permitted, names));
      }
    }
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in = NativeImageTest.class.getResourceAsStream(FOLDER + name)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
