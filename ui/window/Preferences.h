#pragma once

#include "ui/theme/Appearance.h"

#include <QByteArray>
#include <QStringList>

namespace corscope {

/// What the program remembers of its user between two starts.
class Preferences
{
public:
    enum class Storage { Kept, ThisRunOnly };
    explicit Preferences(Storage storage = Storage::Kept);

    Appearance::Choice theme() const { return m_theme; }
    void setTheme(Appearance::Choice theme);
    void setThemeForThisRun(Appearance::Choice theme) { m_theme = theme; }
    int textSize() const { return m_textSize; } ///< in per cent
    void setTextSize(int percent);
    void setTextSizeForThisRun(int percent) { m_textSize = percent; }
    QStringList recentFiles() const { return m_recentFiles; }
    void addRecentFile(const QString& path);
    QByteArray value(const QString& key) const;
    void setValue(const QString& key, const QByteArray& value);
    bool areKept() const { return m_storage == Storage::Kept; }
    /// What went wrong with the file of earlier runs, in one sentence; empty where nothing did.
    const QString& trouble() const { return m_trouble; }

private:
    QString putDamagedAside() const;

    Storage m_storage;
    Appearance::Choice m_theme = Appearance::Choice::Light;
    int m_textSize = 100;
    QStringList m_recentFiles;
    QString m_trouble;
};

} // namespace corscope
