package lapidary.exporter.trace.operators;

import ai.djl.nn.Block;
import ai.djl.nn.SymbolBlock;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The classes of ai.djl.nn that are blocks and can be made. */
final class BlockClasses {
  private BlockClasses() {}

  /** Their simple names, sorted. */
  static Set<String> all() throws IOException {
    try (JarFile jar = new JarFile(jar())) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.startsWith("ai/djl/nn/") && name.endsWith(".class"))
          .map(name -> type(name.substring(0, name.length() - 6).replace('/', '.')))
          .filter(BlockClasses::isConcrete)
          .map(Class::getSimpleName)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static File jar() {
    try {
      return new File(
          Block.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a jar has an address", e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, Block.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a class of the jar is there", e);
    }
  }

  /** A symbol block is a program of the engine, whatever its class: refused as such. */
  private static boolean isConcrete(Class<?> type) {
    return Block.class.isAssignableFrom(type)
        && !SymbolBlock.class.isAssignableFrom(type)
        && Modifier.isPublic(type.getModifiers())
        && !Modifier.isAbstract(type.getModifiers());
  }
}
