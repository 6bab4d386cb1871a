/** What we change in the native image's own runtime and layout. Used by the image builder; no part of the jlink'd form. */
@org.jspecify.annotations.NullMarked
package daemontools.image;
