package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.config.InvalidSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenAddressTest {

  @Test
  void aFreePortIsAccepted() throws IOException {
    ListenAddress free = ListenAddress.onFreeLocalPort();

    assertThatCode(free::requireFree).doesNotThrowAnyException();
  }

  @Test
  void aTakenPortIsRefusedByTheNameOfItsSetting() throws IOException {
    try (var taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      assertThatThrownBy(new ListenAddress("127.0.0.1", taken.getLocalPort())::requireFree)
          .isInstanceOf(InvalidSetting.class)
          .hasMessageStartingWith("PORT must be ")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void anAddressOfAnotherMachineIsRefusedByTheNameOfItsSetting() {
    // Reserved for documentation: no machine has it.
    assertThatThrownBy(new ListenAddress("192.0.2.1", 3000)::requireFree)
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("BIND must be an address of this machine, but is '192.0.2.1'");
  }

  @Test
  void theUrlIsOneThatABrowserOnThisMachineCanOpen() throws IOException {
    assertThat(new ListenAddress("127.0.0.1", 3000).url()).isEqualTo("http://127.0.0.1:3000");
    assertThat(new ListenAddress("0.0.0.0", 3000).url()).isEqualTo("http://localhost:3000");
    assertThat(new ListenAddress("::1", 3000).url()).isEqualTo("http://[::1]:3000");
  }

  @Test
  void aServiceOnAllAddressesIsAskedOnTheLoopbackAddress() throws IOException {
    assertThat(new ListenAddress("0.0.0.0", 3000).localUrl()).isEqualTo("http://127.0.0.1:3000");
  }
}
