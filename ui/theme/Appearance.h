#pragma once

#include "ui/theme/Theme.h"

#include <QObject>

#include <functional>

namespace corscope {

/// How the program looks as its user wants it: one of the themes or whatever the system has, and how large the text is.
/// Puts both on the whole application, and again whenever the choice or the system changes.
class Appearance : public QObject
{
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark, HighContrast };
    /// What the system wants, asked anew each time.
    using SystemTheme = std::function<Theme::Kind()>;
    static constexpr int smallestText = 100; ///< per cent of the usual size
    static constexpr int largestText = 200;

    /// \param systemTheme asks the platform where empty.
    Appearance(QApplication& application, Choice choice, int textSize, SystemTheme systemTheme = {},
               QObject* parent = nullptr);

    Choice choice() const { return m_choice; }
    Theme::Kind theme() const { return m_theme; } ///< that is on now
    int textSize() const { return m_textSize; }   ///< in per cent

    static QList<int> textSizes();
    static QByteArray nameOf(Choice choice); ///< "system", "light" ... as it is written in settings and on the command line
    static std::optional<Choice> named(const QByteArray& name);
    static Choice fixed(Theme::Kind kind);

public Q_SLOTS:
    void choose(corscope::Appearance::Choice choice);
    void setTextSize(int percent);
    void enlarge() { step(1); }
    void reduce() { step(-1); }

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void putOn();
    void step(int by);
    Theme::Kind wanted();

    QApplication& m_application;
    SystemTheme m_systemTheme;
    Choice m_choice;
    Theme::Kind m_theme = Theme::Kind::Light;
    int m_textSize;
    bool m_asking = false;
};

} // namespace corscope
