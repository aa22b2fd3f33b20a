#pragma once

class QByteArray;

namespace corscope {
class MainWindow;
}

// Each prints its line and returns the exit code.
namespace measurements {

int steps(corscope::MainWindow& window, int steps, const QByteArray& page);
int live(corscope::MainWindow& window, int steps);
int scroll(corscope::MainWindow& window, int steps);
int zoom(corscope::MainWindow& window, int steps);
int edit(corscope::MainWindow& window);
int readHar(int megabytes);
int dropHar(corscope::MainWindow& window, int megabytes);

} // namespace measurements
