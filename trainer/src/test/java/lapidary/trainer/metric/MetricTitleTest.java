package lapidary.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricTitleTest {
  @ParameterizedTest
  @CsvSource({
    "accuracy, accuracy, Accuracy",
    "error_rate, error rate, Error rate",
    "auc, AUC, AUC",
    "mae, MAE, MAE",
    "mape, MAPE, MAPE",
    "mse, MSE, MSE",
    "rmse, RMSE, RMSE",
    "rmspe, RMSPE, RMSPE",
    "top_5, top 5, Top 5",
    "'', '', ''"
  })
  void metricsAreNamedAsPeopleWriteThem(String name, String within, String first) {
    assertThat(MetricTitle.of(name)).isEqualTo(within);
    assertThat(MetricTitle.first(name)).isEqualTo(first);
  }
}
