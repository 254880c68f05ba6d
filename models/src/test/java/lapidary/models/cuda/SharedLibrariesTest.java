package lapidary.models.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class SharedLibrariesTest {
  @TempDir
  Path folder;

  @Test
  void librariesAreFoundInFoldersAndInIndexes() throws IOException {
    Files.createFile(folder.resolve("liba.so.1"));
    Path index = Files.writeString(folder.resolve("index"), "x\0/usr/lib/libb.so.1\0libc.so.1\0");
    Path maps =
        Files.writeString(folder.resolve("maps"), "7f00-7f01 r-xp /usr/local/lib/libd.so.1\n");
    SharedLibraries libraries = new SharedLibraries(
        List.of(folder.toString()), List.of(index, maps, folder.resolve("no such index")));
    assertThat(libraries.missing(
            List.of("liba.so.1", "libb.so.1", "libb.so", "libc.so.1", "libd.so.1")))
        .containsExactly("libb.so", "libc.so.1");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theCLibraryOfThisProcessIsFound() {
    assertThat(SharedLibraries.ofThisProcess().missing(List.of("libc.so.6", "libnone.so.0")))
        .containsExactly("libnone.so.0");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theFileBehindANameIsFound() throws IOException {
    Path real = Files.createFile(folder.resolve("libe.so.1.2.3"));
    Path link = Files.createSymbolicLink(folder.resolve("libe.so.1"), real);
    Path index = Files.writeString(folder.resolve("cache"), "x\0libe.so.1\0" + link + "\0");
    assertThat(new SharedLibraries(List.of(folder.toString()), List.of()).find("libe.so.1"))
        .contains(real.toRealPath());
    assertThat(new SharedLibraries(List.of(), List.of(index)).find("libe.so.1"))
        .contains(real.toRealPath());
    assertThat(new SharedLibraries(List.of(), List.of(index)).find("libf.so.1")).isEmpty();
  }
}
