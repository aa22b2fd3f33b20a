#include "ui/theme/Appearance.h"

#include "ui/theme/AccessibleRole.h"
#include "ui/theme/TextScale.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace corscope {

/// NB: Qt 6.4 cannot be asked whether the system is dark. Without a palette of ours the application has the
/// system's, and that can be looked at.
static Theme::Kind platformTheme()
{
    QApplication::setPalette(QPalette());
    const auto palette = QApplication::palette();
    const auto window = palette.color(QPalette::Window);
    const auto text = palette.color(QPalette::WindowText);
    if (window == Qt::black && Theme::contrast(window, text) > 20)
        return Theme::Kind::HighContrast;
    return window.lightness() < text.lightness() ? Theme::Kind::Dark : Theme::Kind::Light;
}

Appearance::Appearance(QApplication& application, Choice choice, int textSize, SystemTheme systemTheme, QObject* parent)
    : QObject(parent), m_application(application), m_systemTheme(systemTheme ? std::move(systemTheme) : platformTheme),
      m_choice(choice), m_textSize(std::clamp(textSize, smallestText, largestText))
{
    installAccessibleRoles();
    m_theme = wanted();
    Theme::named(m_theme).apply(m_application, m_textSize);
    m_application.installEventFilter(this);
}

Theme::Kind Appearance::wanted()
{
    switch (m_choice) {
    case Choice::Light: return Theme::Kind::Light;
    case Choice::Dark: return Theme::Kind::Dark;
    case Choice::HighContrast: return Theme::Kind::HighContrast;
    case Choice::System: break;
    }
    m_asking = true;
    const auto kind = m_systemTheme();
    m_asking = false;
    return kind;
}

void Appearance::putOn()
{
    m_theme = wanted();
    Theme::named(m_theme).apply(m_application, m_textSize);
    Q_EMIT changed();
}

void Appearance::choose(Choice choice)
{
    m_choice = choice;
    putOn();
}

void Appearance::setTextSize(int percent)
{
    percent = std::clamp(percent, smallestText, largestText);
    if (percent == m_textSize)
        return;
    const double ratio = double(percent) / m_textSize;
    m_textSize = percent;
    for (auto* widget : QApplication::topLevelWidgets())
        scaleText(*widget, ratio);
    putOn();
}

void Appearance::step(int by)
{
    const auto sizes = textSizes();
    auto place = std::lower_bound(sizes.begin(), sizes.end(), m_textSize) - sizes.begin();
    setTextSize(sizes.value(std::clamp<qsizetype>(place + by, 0, sizes.size() - 1)));
}

QList<int> Appearance::textSizes()
{
    return {100, 110, 125, 150, 175, 200};
}

QByteArray Appearance::nameOf(Choice choice)
{
    switch (choice) {
    case Choice::System: return "system";
    case Choice::Light: return "light";
    case Choice::Dark: return "dark";
    case Choice::HighContrast: return "high-contrast";
    }
    return {};
}

std::optional<Appearance::Choice> Appearance::named(const QByteArray& name)
{
    for (const auto choice : {Choice::System, Choice::Light, Choice::Dark, Choice::HighContrast})
        if (nameOf(choice) == name)
            return choice;
    return std::nullopt;
}

Appearance::Choice Appearance::fixed(Theme::Kind kind)
{
    return kind == Theme::Kind::Dark ? Choice::Dark : kind == Theme::Kind::HighContrast ? Choice::HighContrast : Choice::Light;
}

bool Appearance::eventFilter(QObject* watched, QEvent* event)
{
    // The platform tells windows; our own palette is no news.
    if (event->type() == QEvent::ThemeChange && m_choice == Choice::System && !m_asking)
        QTimer::singleShot(0, this, &Appearance::putOn);
    return QObject::eventFilter(watched, event);
}

} // namespace corscope
