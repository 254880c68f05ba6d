package lapidary.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Device;
import lapidary.search.Collection;
import lapidary.search.CollectionInfo;
import lapidary.search.ImageEmbedder;
import lapidary.search.SearchService;
import lapidary.search.http.SearchServer;
import lapidary.search.http.ServerOptions;

/** A running service and everything it opened; closing frees it in reverse order, once. */
final class Serving implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private int port;

  private Serving() {}

  /**
   * Opens collections and their models and starts the server.
   *
   * @param models files that may be the collections' models, where those are not where they were
   */
  static Serving start(
      List<Path> folders, List<Path> models, Device device, ServerOptions options) {
    Serving serving = new Serving();
    try {
      serving.open(folders, models, device, options);
      return serving;
    } catch (RuntimeException e) {
      serving.close();
      throw e;
    }
  }

  private void open(List<Path> folders, List<Path> models, Device device, ServerOptions options) {
    List<Collection> collections =
        folders.stream().map(folder -> own(Collection.open(folder))).toList();
    List<ImageEmbedder> embedders = new ArrayList<>();
    for (Collection collection : collections) {
      CollectionInfo info = collection.info();
      names.add(info.name());
      try {
        embedders.add(ImageEmbedder.of(own(CollectionModel.find(info, models, device))));
      } catch (InvalidInputException e) {
        warnings.add(info.name() + " answers no images: " + e.getMessage());
      }
    }
    SearchService service = own(new SearchService(collections, embedders));
    port = own(SearchServer.start(service, options)).port();
  }

  private <T extends AutoCloseable> T own(T resource) {
    opened.push(resource);
    return resource;
  }

  int port() {
    return port;
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** What is served with less than it could be, and why. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("the service did not close cleanly", e);
      }
    }
  }
}
