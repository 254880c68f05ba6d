package lapidary.search.grpc;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a tiny server, a new one for each. */
abstract class TinyServed {
  TinyServer tiny;

  @BeforeEach
  final void start(@TempDir Path folder) throws IOException {
    tiny = TinyServer.over(folder);
  }

  @AfterEach
  final void stop() {
    tiny.close();
  }
}
