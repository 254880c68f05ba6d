package lapidary.trainer.data.tables;

import java.nio.file.Path;

/** A published table: where it is, how it is read and what its columns are for. */
sealed interface KnownTable permits Adult, Rossmann {
  String name();

  String licence();

  /** What it holds, in one line. */
  String description();

  /** The file of training rows within its folder, by which it is found. */
  String file();

  /** Its raw rows, divided. */
  TableSplit.Parts read(Path folder);

  /** Its roles, target and baseline. */
  TableRequest request();
}
