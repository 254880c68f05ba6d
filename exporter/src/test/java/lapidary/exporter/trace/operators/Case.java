package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import lapidary.models.TensorInput;

/**
 * A function of arrays on rows: what is made of them first, then the function alone.
 *
 * @param input the rows
 * @param before makes the function's arrays of a batch of them
 * @param operation the function
 */
record Case(TensorInput input, Function<NDArray, NDList> before, UnaryOperator<NDList> operation) {
  /** Stands among arguments for the array at a place among those the function is given. */
  record Given(int place) {}

  /**
   * A call of a method: on the first array, unless it is static, with these arguments. Where none are given, arrays are taken in
   * their order, numbers are 2, others 1 or 0.
   */
  static Case of(
      TensorInput input, Function<NDArray, NDList> before, Method method, Object... given) {
    return new Case(input, before, arrays -> {
      Object[] arguments = given.length > 0
          ? Arrays.stream(given)
              .map(value -> value instanceof Given at ? arrays.get(at.place()) : value)
              .toArray()
          : arguments(method, arrays);
      return answer(call(method, arrays.head(), arguments), arrays);
    });
  }

  private static boolean isStatic(Method method) {
    return method.getDeclaringClass() != NDArray.class
        && method.getDeclaringClass() != NDArrayEx.class;
  }

  private static Object[] arguments(Method method, NDList arrays) {
    List<Object> arguments = new ArrayList<>();
    int next = isStatic(method) ? 0 : 1;
    for (Class<?> type : method.getParameterTypes()) {
      arguments.add(type == NDArray.class ? arrays.get(next++) : argument(type, arrays));
    }
    return arguments.toArray();
  }

  private static Object argument(Class<?> type, NDList arrays) {
    if (type == Number.class) {
      return 2;
    }
    if (type == NDArray[].class) {
      return arrays.toArray(NDArray[]::new);
    }
    if (type == NDList.class) {
      return arrays;
    }
    return type == int.class ? (Object) 1 : (Object) 0.5f;
  }

  private static Object call(Method method, NDArray first, Object[] arguments) {
    Object target =
        method.getDeclaringClass() == NDArrayEx.class ? first.getNDArrayInternal() : first;
    try {
      Object answer = method.invoke(isStatic(method) ? null : target, arguments);
      return answer == null ? first : answer;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("DJL declares no checked exceptions", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " is public", e);
    }
  }

  private static NDList answer(Object answer, NDList arrays) {
    NDList list = answer instanceof NDArray array ? new NDList(array) : (NDList) answer;
    return IntStream.range(0, list.size())
        .mapToObj(i -> list.get(i) == arrays.head() ? list.get(i).duplicate() : list.get(i))
        .collect(NDList::new, NDList::add, NDList::addAll);
  }
}
