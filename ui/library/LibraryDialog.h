#pragma once

#include "ui/library/ScenarioCards.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QTextBrowser;

namespace corscope {

/// Scenarios to choose from: found by words, topic, framework and symptom, each with its story. Typing searches, the
/// arrow keys walk through what was found, Enter opens.
class LibraryDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Of { Library, Templates };
    explicit LibraryDialog(Of of, const QString& openId = {}, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* filters();
    QWidget* topicRow();
    QWidget* detail();
    void search();
    void tell(int row);
    void take();
    int card(int row) const;

    Of m_of;
    std::vector<ScenarioCard> m_cards;
    scenariocards::Filter m_filter;
    QLineEdit* m_words;
    QComboBox* m_framework = nullptr;
    QComboBox* m_symptom = nullptr;
    QListWidget* m_list;
    QLabel* m_count;
    QTextBrowser* m_story = nullptr;
    QPushButton* m_open = nullptr;
};

} // namespace corscope
