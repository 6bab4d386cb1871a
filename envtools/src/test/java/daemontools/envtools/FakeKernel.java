package daemontools.envtools;

import daemontools.posix.JnaLibC;
import daemontools.posix.LibC;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link LibC} whose calls are noted; those that a test has prepared answer as it said, the others are real. */
final class FakeKernel {
    /** An answer to a call, from its arguments. */
    interface Answer {
        Object to(Object... arguments);
    }

    final LibC libc;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    FakeKernel() {
        libc = (LibC) Proxy.newProxyInstance(
                LibC.class.getClassLoader(), new Class<?>[] {LibC.class}, (proxy, method, arguments) -> {
                    Answer answer = answers.get(method.getName());
                    if (answer == null) return reallyCall(method, arguments);
                    calls.add(text(method.getName(), arguments));
                    return answer.to(arguments);
                });
    }

    private static Object reallyCall(Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(new JnaLibC(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    FakeKernel on(String call, Answer answer) {
        answers.put(call, answer);
        return this;
    }

    FakeKernel on(String call, Object result) {
        return on(call, arguments -> result);
    }

    /** The prepared calls that were made: the name and every argument. */
    List<String> calls() {
        return calls;
    }

    private static String text(String name, Object... arguments) {
        StringBuilder text = new StringBuilder(name);
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            text.append(' ').append(argument instanceof List<?> words ? join(words) : argument);
        }
        return text.toString();
    }

    private static String join(List<?> words) {
        return String.join(",", words.stream().map(String::valueOf).toList());
    }
}
