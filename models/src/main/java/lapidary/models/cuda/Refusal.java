package lapidary.models.cuda;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engine says when it cannot compute on a GPU: hundreds of characters of C++ signatures, and somewhere among them CUDA's own
 * number or the loader's own words.
 *
 * @param said all of it, in one line
 * @param code CUDA's number of the error, or -1
 * @param words what CUDA or the loader says
 */
record Refusal(String said, int code, String words) {
  private static final int UNKNOWN = -1;
  private static final int LONGEST = 200;
  private static final String OR_CPU = ", or use the device cpu";

  private static final Pattern FAILURE =
      Pattern.compile("(?:CUDA failure|CUDA error|CUDA says) (\\d+)(?:[:,] ([^;\\n]*))?");

  private static final Pattern NOT_OPENED =
      Pattern.compile("(lib[\\w.+-]+): cannot open shared object file");

  private static final Pattern BUFFER = Pattern.compile("of size (\\d{1,18})");

  private static final Pattern ALLOCATION =
      Pattern.compile("Tried to allocate (\\d{1,9}(?:\\.\\d{1,9})?) ([GM])iB");

  private static final Pattern CARD = Pattern.compile("GPU (\\d{1,3}) has a total capacity");

  private static final Pattern SYMBOL =
      Pattern.compile("(lib[\\w.+-]+): (?:undefined symbol: (\\w+)|version `([^']+)' not found)");

  /** A kind of refusal: by what it is known, and what is said of it. */
  private record Kind(Predicate<Refusal> test, BiFunction<Refusal, GpuFacts, String> sentence) {}

  private static final List<Kind> KINDS = List.of(
      new Kind(refusal -> refusal.match(NOT_OPENED).isPresent(), Refusal::notOpened),
      new Kind(refusal -> refusal.match(SYMBOL).isPresent(), Refusal::unfit),
      new Kind(
          refusal -> refusal.isAny(List.of(2), "out of memory", "Failed to allocate memory"),
          (refusal, facts) -> refusal.memory(facts.driver())),
      new Kind(refusal -> refusal.isAny(List.of(209), "no kernel image"), Refusal::code),
      new Kind(refusal -> refusal.isAny(List.of(101), "invalid device ordinal"), Refusal::number),
      new Kind(
          refusal -> refusal.isAny(
              List.of(3, 34, 35, 36, 46, 100, 802, 803, 999),
              "no CUDA-capable device",
              "Found no NVIDIA driver",
              "No CUDA GPUs are available"),
          Refusal::noDevice));

  static Refusal of(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    Matcher failure = FAILURE.matcher(line);
    return failure.find()
        ? new Refusal(
            line,
            Integer.parseInt(failure.group(1)),
            Optional.ofNullable(failure.group(2)).orElse("").strip())
        : new Refusal(line, UNKNOWN, "");
  }

  String sentence(GpuFacts facts) {
    return KINDS.stream()
        .filter(kind -> kind.test().test(this))
        .findFirst()
        .map(kind -> kind.sentence().apply(this, facts))
        .orElseGet(this::other);
  }

  private boolean isAny(List<Integer> codes, String... phrases) {
    String lower = said.toLowerCase(Locale.ROOT);
    return codes.contains(code)
        || List.of(phrases).stream().anyMatch(p -> lower.contains(p.toLowerCase(Locale.ROOT)));
  }

  private Optional<Matcher> match(Pattern pattern) {
    return Optional.of(pattern.matcher(said)).filter(Matcher::find);
  }

  private String notOpened(GpuFacts facts) {
    String library = match(NOT_OPENED).orElseThrow().group(1);
    return library + " is not found; " + GpuTrouble.remedy(List.of(library)) + OR_CPU;
  }

  private String unfit(GpuFacts facts) {
    Matcher symbol = match(SYMBOL).orElseThrow();
    String lacks = symbol.group(2) == null ? symbol.group(3) : symbol.group(2);
    return symbol.group(1) + " does not fit the CUDA that was found, which has no " + lacks
        + "; run " + GpuTrouble.INSTALL
        + ", take older versions of CUDA out of LD_LIBRARY_PATH" + OR_CPU;
  }

  /** The sentence about memory that does not suffice. */
  String memory(GpuFacts.Driver driver) {
    return full(driver, "") + "; ask for less at a time, such as by smaller batches, end other"
        + " programs on that GPU" + OR_CPU;
  }

  /** Its beginning: which card, and how much more was wanted. */
  String full(GpuFacts.Driver driver, String forWhat) {
    return "the GPU has not enough memory" + card(driver) + forWhat
        + wanted()
            .map(mebibytes -> ": " + mebibytes + " MiB more could not be had")
            .orElse("");
  }

  /** In ONNX Runtime's words or in PyTorch's. */
  private Optional<Long> wanted() {
    return match(BUFFER)
        .map(buffer -> Long.parseLong(buffer.group(1)) >> 20)
        .or(() -> match(ALLOCATION)
            .map(tried -> Math.round(
                Double.parseDouble(tried.group(1)) * (tried.group(2).equals("G") ? 1024 : 1))));
  }

  /** The card that the engine names, else the first. */
  private String card(GpuFacts.Driver driver) {
    int number = match(CARD).map(named -> Integer.parseInt(named.group(1))).orElse(0);
    return driver.cards().stream()
        .skip(number)
        .findFirst()
        .map(card -> " (" + card.name() + ", " + card.mebibytes() + " MiB)")
        .orElse("");
  }

  private String code(GpuFacts facts) {
    return facts.driver().cards().stream()
        .filter(card -> !facts.engine().runsOn(card.generation()))
        .findFirst()
        .map(card -> GpuTrouble.noCode(facts.engine(), card))
        .orElseGet(() -> facts.engine().name() + " has no code for the generation of this GPU; "
            + facts.engine().remedy() + OR_CPU);
  }

  private String number(GpuFacts facts) {
    int cards = facts.driver().cards().size();
    return "there is no CUDA device of that number"
        + (cards == 0 ? "" : ", this machine has " + cards)
        + "; devices are numbered from 0" + OR_CPU;
  }

  private String noDevice(GpuFacts facts) {
    String why =
        code == UNKNOWN ? "" : " (CUDA says " + code + (words.isEmpty() ? "" : ", " + words) + ")";
    return "the NVIDIA driver is there, but no CUDA device answers" + why
        + "; see that nvidia-smi lists one, and that a container is started with it" + OR_CPU;
  }

  private String other() {
    String told = words.isEmpty() ? said : words;
    return (told.length() > LONGEST ? told.substring(0, LONGEST) + "…" : told)
        + "; see that nvidia-smi works and " + GpuTrouble.INSTALL + " was run" + OR_CPU;
  }
}
