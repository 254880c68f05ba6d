package lapidary.cli.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.models.cuda.CudaArtifact;

/** A Maven repository over HTTP: Maven Central or a mirror of it. Proxies are those of Java's own properties. */
final class Repository implements JarSource {
  /** The address that Maven itself uses. */
  static final String CENTRAL = "https://repo.maven.apache.org/maven2";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int BUFFER = 1 << 20;

  private final URI address;
  private final HttpClient client;

  Repository(URI address) {
    this.address = address;
    HttpClient.Builder builder = HttpClient.newBuilder()
        .connectTimeout(PATIENCE)
        .followRedirects(HttpClient.Redirect.NORMAL);
    Optional.ofNullable(ProxySelector.getDefault()).ifPresent(builder::proxy);
    this.client = builder.build();
  }

  @Override
  public String name() {
    return address.toString();
  }

  @Override
  public Optional<Path> jar(CudaArtifact artifact) {
    return Optional.empty();
  }

  @Override
  public long fetch(CudaArtifact artifact, Path part, LongConsumer done)
      throws IOException, InterruptedException {
    try (FileChannel file =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (file.size() > artifact.bytes()) {
        file.truncate(0);
      }
      long had = file.size();
      long fetched = had == artifact.bytes() ? 0 : append(artifact, file, done);
      file.force(true);
      return fetched;
    }
  }

  private long append(CudaArtifact artifact, FileChannel file, LongConsumer done)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = ask(artifact, file.size());
    try (InputStream body = response.body()) {
      if (response.statusCode() != OK && response.statusCode() != PARTIAL) {
        throw new EnvironmentException(name() + " answers " + response.statusCode() + " for "
            + artifact.path() + "; name a repository that has it by --repository, or a folder by"
            + " --from");
      }
      // A server that does not know ranges sends all of it again.
      file.position(response.statusCode() == PARTIAL ? file.size() : 0);
      long begin = file.position();
      file.truncate(begin);
      copy(body, file, artifact, done);
      if (file.size() < artifact.bytes()) {
        throw broken(new IOException("the connection ended after " + file.size() + " of "
            + artifact.bytes() + " bytes of " + artifact.fileName()));
      }
      return file.size() - begin;
    }
  }

  private HttpResponse<InputStream> ask(CudaArtifact artifact, long from)
      throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create(name().replaceFirst("/+$", "") + "/" + artifact.path()))
        .timeout(PATIENCE);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void copy(InputStream body, FileChannel file, CudaArtifact artifact, LongConsumer done)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    int count = read(body, buffer);
    while (count >= 0) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      if (file.position() > artifact.bytes()) {
        throw Installation.damaged(artifact, name());
      }
      done.accept(file.position());
      count = read(body, buffer);
    }
  }

  /** A failure to read is the network's, one to write the disk's. */
  private int read(InputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private EnvironmentException broken(IOException e) {
    String said = e instanceof ConnectException && e.getMessage() == null
        ? "no connection, or no such host"
        : String.valueOf(e.getMessage() == null ? e : e.getMessage());
    return FileFailure.isExhausted(e)
        ? FileFailure.ofMachine("cannot fetch from " + name(), e)
        : new EnvironmentException(
            "cannot fetch from " + name() + ": " + said
                + "; what is fetched already is kept: run the command again with a network"
                + " (-Dhttps.proxyHost in LAPIDARY_JAVA_OPTS names a proxy), name a mirror by"
                + " --repository, or a folder by --from",
            e);
  }
}
