#pragma once

#include "core/scenario/Scenario.h"
#include "core/share/Format.h"
#include "core/trace/Trace.h"

#include <QDialog>

#include <map>

class QComboBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace corscope {

class DiagramPreview;

/// A scenario and its run in every form that others can read: chosen on the left, seen on the right, copied or saved.
class ShareDialog : public QDialog
{
    Q_OBJECT
public:
    ShareDialog(const Scenario& scenario, const Trace& trace, QWidget* parent = nullptr);

    /// Writes what is shown. \returns what went wrong, in one sentence; empty where nothing did.
    QString saveTo(const QString& path);

private:
    QWidget* choices();
    QWidget* preview();
    void fillSends();
    void showForm(int row);
    void copy();
    void save();
    int action() const; ///< -1: nothing was chosen

    Scenario m_scenario;
    Trace m_trace;
    QByteArray m_bytes; ///< of the form that is shown
    share::Format m_format = share::Format::Html;
    QListWidget* m_list;
    QLabel* m_title;
    QLabel* m_purpose;
    QLabel* m_sendsLabel;
    QComboBox* m_sends;
    QStackedWidget* m_pages;
    QPlainTextEdit* m_text;
    DiagramPreview* m_picture;
    QLabel* m_note;
    QPushButton* m_copy;
    QPushButton* m_save;
};

} // namespace corscope
