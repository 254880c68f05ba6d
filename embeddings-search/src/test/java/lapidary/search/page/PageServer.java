package lapidary.search.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.runtime.Embedder;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.CollectionsFolder;
import lapidary.search.ImageEmbedder;
import lapidary.search.IndexedModel;
import lapidary.search.SearchService;
import lapidary.search.access.Access;
import lapidary.search.http.Feature;
import lapidary.search.http.SearchServer;
import lapidary.search.http.ServerOptions;
import lapidary.search.http.route.ServerLimits;
import lapidary.search.inference.TinyModel;
import lapidary.search.inference.TinyRegistry;
import lapidary.search.predict.PredictionService;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;

/** A running server with a collection {@code colours} of drawn pictures and the model of their vectors. */
final class PageServer implements AutoCloseable {
  static final String COLLECTION = "colours";
  static final String MODEL = "palette";

  /** As many pictures are drawn; beyond them they come again under other names. */
  private static final int DRAWN = 500;

  private final Deque<Runnable> closings = new ArrayDeque<>();
  private final TinyRegistry models;
  private final SearchServer server;

  private PageServer(Path folder, int pictures, Access access, Feature films) throws IOException {
    models = TinyRegistry.over(folder.resolve("models"));
    closings.push(models::close);
    Path home = Files.createDirectories(folder.resolve("collections"));
    List<Collection> collections = new ArrayList<>();
    List<ImageEmbedder> embedders = new ArrayList<>();
    if (pictures > 0) {
      models.with(MODEL, 1, TinyModel.colours(DrawnPicture.COLOURS));
      Embedder embedder = Embedder.of(models.registry().follow(MODEL), "features");
      embedders.add(ImageEmbedder.of(embedder));
      Collection collection = filled(home.resolve(COLLECTION), pictures, embedder);
      closings.push(collection::close);
      collections.add(collection);
    }
    SearchService service =
        new SearchService(collections, embedders, Optional.of(CollectionsFolder.of(home)));
    closings.push(service::close);
    List<Feature> features = List.of(
        Feature.collections(service),
        Feature.inference(models.service()),
        Feature.predictions(new PredictionService(models.registry())),
        films);
    server = SearchServer.start(
        features, new ServerOptions("127.0.0.1", 0, access, ServerLimits.usual()));
    closings.push(server::close);
  }

  /** With so many pictures, for whoever is on this machine; with none there is neither collection nor model. */
  static PageServer start(Path folder, int pictures) throws IOException {
    return start(folder, pictures, new Access.Loopback());
  }

  static PageServer start(Path folder, int pictures, Access access) throws IOException {
    return start(folder, pictures, access, Feature.noMovies());
  }

  static PageServer start(Path folder, int pictures, Access access, Feature films)
      throws IOException {
    return new PageServer(folder, pictures, access, films);
  }

  /** Serves another model. */
  PageServer serving(String name, TinyModel model) {
    models.with(name, 1, model);
    return this;
  }

  private static Collection filled(Path folder, int count, Embedder embedder) {
    IndexedModel model = new IndexedModel(
        embedder.modelSha256(), Optional.empty(), embedder.output(), embedder.width());
    CollectionSpec plain = new CollectionSpec(COLLECTION, model, Optional.empty());
    // Only those that are drawn have files.
    CollectionSpec spec =
        count <= DRAWN ? plain.picturedBy(files(folder.resolveSibling("files"), count)) : plain;
    Collection collection = Collection.create(folder, spec);
    List<float[]> vectors = new ArrayList<>();
    List<Thumbnail> thumbnails = new ArrayList<>();
    for (int number = 0; number < Math.min(DRAWN, count); number++) {
      byte[] png = DrawnPicture.png(number);
      vectors.add(embedder.embed(png, DrawnPicture.id(number)));
      thumbnails.add(Thumbnail.of(png, DrawnPicture.id(number)));
    }
    List<Item> items = new ArrayList<>();
    List<Thumbnail> shown = new ArrayList<>();
    float[][] rows = new float[count][];
    for (int number = 0; number < count; number++) {
      items.add(item(number));
      shown.add(thumbnails.get(number % DRAWN));
      rows[number] = vectors.get(number % DRAWN);
    }
    collection.add(items, rows, shown);
    collection.commit();
    return collection;
  }

  private static Path files(Path folder, int count) {
    try {
      for (int number = 0; number < count; number++) {
        Path file = folder.resolve(DrawnPicture.id(number));
        Files.createDirectories(file.getParent());
        Files.write(file, DrawnPicture.png(number));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static Item item(int number) {
    int drawn = number % DRAWN;
    return new Item(
        number == drawn ? DrawnPicture.id(number) : DrawnPicture.id(drawn) + "/" + number,
        DrawnPicture.label(drawn),
        Map.of(
            "split", AttributeValue.of(number % 4 == 0 ? "test" : "train"),
            "night", AttributeValue.of(number % 3 == 0),
            "year", AttributeValue.of(1990L + number % 30)));
  }

  /** @param path with what stands behind the question mark, such as {@code /photos?q=amber} */
  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** Stops answering; what was stored stays. */
  void stop() {
    server.close();
  }

  @Override
  public void close() {
    closings.forEach(Runnable::run);
    closings.clear();
  }
}
