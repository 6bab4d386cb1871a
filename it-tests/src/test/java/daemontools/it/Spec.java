package daemontools.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sections of the specification of 0.76, {@code it-tests/specification.md}, that a test checks, as in
 * {@code @Spec({"11.3", "11.8"})}. A method's stand in place of its class's. A section says by itself which command it
 * is of; what all commands share (section 1) is checked for the commands of the other sections that the method or its
 * class names, or for those named here.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Spec {
    String[] value();

    String[] commands() default {};
}
