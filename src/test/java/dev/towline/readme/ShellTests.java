package dev.towline.readme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellTests {

    @Test
    void readsWordsAsAShellDoes() {
        Shell shell = new Shell("""
            gql 'two $WORDS' \\
                "a \\"$NAME\\" \\\\\\"$(ago 20)\\\\\\""

            NAME=$(id)
            a > b &
            """, name -> "<" + name + ">");
        assertThat(shell.next()).containsExactly("gql", "two $WORDS", "a \"<NAME>\" \\\"<ago 20>\\\"");
        assertThat(shell.next()).containsExactly("NAME=<id>");
        assertThat(shell.next()).containsExactly("a", ">", "b", "&");
        assertThat(shell.next()).isEmpty();
    }
}
