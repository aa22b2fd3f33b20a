#pragma once

#include "ui/theme/Theme.h"

#include <QByteArray>
#include <QStringList>

namespace corscope {

/// What the program remembers of its user between two starts.
class Preferences
{
public:
    enum class Storage { Kept, ThisRunOnly };
    explicit Preferences(Storage storage = Storage::Kept);

    Theme::Kind theme() const { return m_theme; }
    void setTheme(Theme::Kind theme);
    void setThemeForThisRun(Theme::Kind theme) { m_theme = theme; }
    QStringList recentFiles() const { return m_recentFiles; }
    void addRecentFile(const QString& path);
    QByteArray value(const QString& key) const;
    void setValue(const QString& key, const QByteArray& value);
    bool areKept() const { return m_storage == Storage::Kept; }

private:
    Storage m_storage;
    Theme::Kind m_theme = Theme::Kind::Light;
    QStringList m_recentFiles;
};

} // namespace corscope
